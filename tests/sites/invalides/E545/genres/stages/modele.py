from portail.greffons import Entry, Order


class Stage(Entree):
    regles = (Order("publie_le", "echeance"),)
