"""Invitations to meetings as programs write them, in French and in English; none was ever sent.

Every secret of them is in ``SECRETS``: identifiers, codes, links, numbers to call.
"""

SENTENCE = "On y parle des neutrinos, venez nombreux."
SECRETS = (
    "93423456789", "934 2345 6789", "934-2345-6789", "345 678 901 234", "345678901234",
    "abc-defg-hij", "aB3dEf", "987654", "123 456 789", "123456789", "2345 678 9012",
    "23456789012", "m0123abc", "19%3ameeting", "jea-abc-def", "AtelierDesVents", "1 70 99",
    "1 7095", "33170950103", "1 87 40", "1-7091", "pwd=", "TzB0", "162.255", "abc-def-ghi-jkl",
)  # fmt: skip

_TEAMS_FR = """
________________________________________________________________________________
Réunion Microsoft Teams
Vous avez besoin d'aide ?
Rejoindre la réunion maintenant <https://teams.microsoft.com/l/meetup-join/19%3ameeting_a%40thread.v2/0>
ID de réunion : 345 678 901 234
Code secret : aB3dEf
________________________________
Se connecter par téléphone
+33 1 70 99 00 00,,123456789# France, Paris
Trouver un numéro local
ID de conférence téléphonique : 123 456 789#
Pour les organisateurs : Options de la réunion | Réinitialiser le code confidentiel d'accès
________________________________________________________________________________
"""
_TEAMS_FR_2022 = """
Réunion Microsoft Teams
Participez à partir de votre ordinateur ou de votre application mobile
Cliquez ici pour rejoindre la réunion
https://teams.microsoft.com/l/meetup-join/19%3ameeting_a%40thread.v2/0?context=x
ID de réunion : 345 678 901 234
Code secret : aB3dEf
Télécharger Teams | Rejoindre sur le web
Ou composer le numéro (audio seulement)
+33 1 70 99 00 00,,123456789#   France, Paris
ID de conférence : 123 456 789#
Rechercher un numéro local | Réinitialiser le code PIN
En savoir plus | Options de réunion
"""
_TEAMS_EN = """
________________________________________________________________________________
Microsoft Teams Need help?
Join the meeting now
https://teams.microsoft.com/meet/345678901234?p=aB3dEf
Meeting ID: 345 678 901 234
Passcode: aB3dEf
________________________________
Dial in by phone
+33 1 70 99 00 00,,123456789# France, Paris
Find a local number
Phone conference ID: 123 456 789#
For organizers: Meeting options | Reset dial-in PIN
________________________________________________________________________________
"""
_TEAMS_EN_2022 = """
Microsoft Teams meeting
Join on your computer, mobile app or room device
Click here to join the meeting
<https://teams.microsoft.com/l/meetup-join/19%3ameeting_a%40thread.v2/0>
Meeting ID: 345 678 901 234
Passcode: aB3dEf
Download Teams | Join on the web
Or call in (audio only)
+33 1 70 99 00 00,,123456789#
Phone Conference ID: 123 456 789#
Find a local number | Reset PIN
Learn More | Meeting options
"""
_TEAMS_SAFE = """
Réunion Microsoft Teams
https://eur03.safelinks.protection.outlook.com/ap/t-59584e83/?url=https%3A%2F%2Fteams.microsoft.com%2Fl%2Fmeetup-join%2F19%253ameeting_a
"""
_TEAMS_LIVE = "\nRejoindre : https://teams.live.com/meet/345678901234?p=aB3dEf\n"
_TEAMS_DE = """
Microsoft Teams-Besprechung
Jetzt an der Besprechung teilnehmen: https://teams.microsoft.com/meet/345678901234
Besprechungs-ID: 345 678 901 234
Kennwort: aB3dEf
"""
_ZOOM_FR = """
Jeanne Exemple vous invite à une réunion Zoom planifiée.

Participer à la réunion Zoom
https://univ-exemple-fr.zoom.us/j/93423456789?pwd=TzB0

ID de réunion : 934 2345 6789
Code secret : 987654

---

Une seule touche sur l’appareil mobile
+33170950103,,93423456789#,,,,*987654# France

Composez un numéro en fonction de votre emplacement
• +33 1 7095 0103 France
ID de réunion : 934 2345 6789
Code secret : 987654
Trouvez votre numéro local : https://univ-exemple-fr.zoom.us/u/adX
"""
_ZOOM_FR_2020 = """
Rejoindre la réunion Zoom
https://us02web.zoom.us/j/93423456789?pwd=TzB0

ID de réunion : 934 2345 6789
Mot de passe : 987654
"""
_ZOOM_EN = """
Jane Doe is inviting you to a scheduled Zoom meeting.

Join Zoom Meeting
https://us02web.zoom.us/j/93423456789?pwd=TzB0

Meeting ID: 934 2345 6789
Passcode: 987654

---

One tap mobile
+33170950103,,93423456789#,,,,*987654# France

Dial by your location
• +33 1 7095 0103 France

Meeting ID: 934 2345 6789
Passcode: 987654

Find your local number: https://us02web.zoom.us/u/adX

Join by SIP
• 93423456789@zoomcrc.com

Join by H.323
• 162.255.37.11 (US West)
"""
_ZOOM_WEBINAR = """
You are invited to a Zoom webinar.
Join from PC, Mac, iPad, or Android:
https://us02web.zoom.us/w/93423456789?tk=TzB0&pwd=abc
Passcode:987654
Webinar ID: 934 2345 6789
International numbers available: https://us02web.zoom.us/u/adX
"""
_ZOOM_WEBINAR_FR = """
Vous êtes invité à un webinaire Zoom.
Cliquez sur le lien ci-dessous pour rejoindre le webinaire :
https://us02web.zoom.us/j/93423456789?pwd=TzB0
Code d’accès : 987654
ID de webinaire : 934 2345 6789
"""
_ZOOM_SHORT = "\nZoom : https://zoom.us/j/93423456789\nCode : 987654\n"
_ZOOM_WORDS = "\nLien Zoom : https://zoom.us/j/93423456789 (ID 934 2345 6789, code 987654)\n"
_ZOOM_NO_LINK = "\nID de la réunion : 934-2345-6789\nCode secret : 987654\n"
_ZOOM_PERSONAL = "\nZoom : https://univ-exemple.zoom.us/my/jeanne?pwd=TzB0\n"
_MEET_FR = """
-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-
Rejoindre avec Google Meet : https://meet.google.com/abc-defg-hij
Ou composez le : (FR) +33 1 87 40 00 00 Code : 123456789#
Autres numéros de téléphone : https://tel.meet/abc-defg-hij?pin=123456789

En savoir plus sur Meet : https://support.google.com/a/users/answer/9282720

Veuillez ne pas modifier cette section.
-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-
"""
_MEET_EN = """
-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-
Join with Google Meet: https://meet.google.com/abc-defg-hij
Or dial: (FR) +33 1 87 40 00 00 PIN: 123456789#
More phone numbers: https://tel.meet/abc-defg-hij?pin=123456789

Learn more about Meet at: https://support.google.com/a/users/answer/9282720

Please do not edit this section.
-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-
"""
_MEET_JOINING = """
Informations de connexion Google Meet
Lien de l’appel vidéo : https://meet.google.com/abc-defg-hij
Ou composez le : (FR) +33 1 87 40 00 00 Code : 123456789#
"""
_MEET_JOINING_EN = """
Google Meet joining info
Video call link: https://meet.google.com/abc-defg-hij
Or dial: (FR) +33 1 87 40 00 00 PIN: 123456789#
"""
_WEBEX_FR = """
Rejoindre à partir du lien de la réunion
https://org.webex.com/org/j.php?MTID=m0123abc

Rejoindre par numéro de réunion
Numéro de la réunion (code d'accès) : 2345 678 9012
Mot de passe de la réunion : aB3dEf

Appuyez pour rejoindre à partir d'un périphérique mobile (invités uniquement)
+33-1-7091-8646,,23456789012## France Toll
Rejoindre par téléphone
+33-1-7091-8646 France Toll
Numéros d'appel internationaux
Rejoindre à partir d'un système vidéo
Composez 23456789012@org.webex.com
"""
_WEBEX_EN = """
Join from the meeting link
https://org.webex.com/org/j.php?MTID=m0123abc

Join by meeting number
Meeting number (access code): 2345 678 9012
Meeting password: aB3dEf

Tap to join from a mobile device (attendees only)
+33-1-7091-8646,,23456789012## France Toll
Join by phone
+33-1-7091-8646 France Toll
Global call-in numbers
Join from a video system or application
Dial 23456789012@org.webex.com
"""
_JITSI = "\nRejoignez la réunion : https://meet.jit.si/AtelierDesVents\n"
_JITSI_OWN = "\nSalle : https://jitsi.asso-exemple.org/AtelierDesVents\n"
_RENATER = "\nLien de connexion : https://rendez-vous.renater.fr/AtelierDesVents\n"
_BBB = """
Lien : https://bbb.univ-exemple.fr/b/jea-abc-def
Code d’accès : 987654
To join this meeting by phone, dial: +33 1 70 99 00 00. Then enter 12345 as the PIN number.
"""
_BBB_3 = "\nLien de la visio : https://visio.exemple.org/rooms/abc-def-ghi-jkl/join\n"
_WEBINAIRE = (
    "\nhttps://webinaire.numerique.gouv.fr/meeting/signin/invite/1/creator/2/hash/m0123abc\n"
)

INVITATIONS = {
    name.strip("_").lower(): text
    for name, text in list(globals().items())
    if name[0] == "_" and name[1:2].isupper() and isinstance(text, str)
}
"""The text of each, by a name."""
