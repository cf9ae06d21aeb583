const $ = id => document.getElementById(id)
const form = document.querySelector('form')
const COMMON = new Set('saint sainte saints saintes le la les l'.split(' '))
const LONG = {st: 'saint', ste: 'sainte'}
// One key for all spellings of a name, as name_key of Python has it.
const key = text => (text.toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae').normalize('NFD').replace(/\p{M}/gu, '').match(/[a-z0-9]+/g) || []).map(word => LONG[word] || word).join(' ')
const bucket = text => {
  const words = key(text).split(' ')
  return (words.find(word => !COMMON.has(word)) || words[0]).slice(0, 3)
}
const read = async path => {
  const answer = await fetch(path)
  if (answer.status === 404) return []
  if (!answer.ok) throw Error(answer.status)
  return answer.json()
}
const km = (a, b, c, d) => {
  const rad = Math.PI / 180
  const h = Math.sin((c - a) * rad / 2) ** 2 + Math.cos(a * rad) * Math.cos(c * rad) * Math.sin((d - b) * rad / 2) ** 2
  return 12742 * Math.asin(Math.sqrt(h))
}
const show = async ([name, code, lat, lon]) => {
  const cell = [lat, lon].map(it => Math.floor(it / 0.5) * 0.5).join('_')
  const now = `${new Date().toISOString().slice(0, 10)}T00:00:01`
  const rows = (await read(`pays/s/${cell}.json`))
    .map(row => [km(lat, lon, row[5], row[6]), ...row])
    .filter(row => row[0] <= 30 && row[3] > now)
  $('trouve').textContent = rows.length ? `${name} (${code}) : ${rows.length > 1 ? `les ${rows.length} prochaines sorties` : 'une sortie'} à moins de 30 km.` : `${name} (${code}) : rien d’annoncé à moins de 30 km. Une sortie que nos sources ne disent pas n’est pas ici.`
  $('sorties').replaceChildren(...rows.map(([far, title, url, , when, where, , , ...portals]) => {
    const line = document.createElement('li')
    const link = document.createElement('a')
    link.href = url
    link.textContent = title
    line.append(link, document.createElement('br'), `${when}, ${where}, à ${Math.round(far)} km (${portals.join(', ')})`)
    return line
  }))
}
form.hidden = false
form.addEventListener('submit', async event => {
  event.preventDefault()
  const asked = key($('commune').value)
  try {
    const rows = await read(`pays/c/${encodeURIComponent(bucket(asked))}.json`)
    const whole = row => asked === key(`${row[0]} ${row[1]}`)
    const found = rows.filter(row => key(row[0]) === asked || whole(row))
    const near = found.length ? found : rows.filter(row => key(row[0]).startsWith(asked))
    $('sorties').replaceChildren()
    if (near.length === 1) return await show(near[0])
    $('trouve').textContent = near.length ? 'Laquelle ?' : 'Aucune commune de ce nom.'
    $('sorties').replaceChildren(...near.slice(0, 30).map(row => {
      const line = document.createElement('li')
      const button = document.createElement('button')
      button.textContent = `${row[0]} (${row[1]})`
      button.onclick = () => show(row)
      line.append(button)
      return line
    }))
  } catch {
    $('trouve').textContent = 'La recherche ne répond pas ; les départements, plus bas, disent la même chose.'
  }
})
