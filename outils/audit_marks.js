// The marks of the page that is shown: [rule, where, what] of each. Run by ``audit_marks.py``, which
// tells the words that a number may be parted from.
async (loose) => {
  await document.fonts.ready;
  // Facts, by name: where a page tells each, a selector that the words written after it narrow.
  const facts = [
    ['free', '.titre-date .e-gratuit', '.infos dd', /^Gratuit/],
    ['on line', '.titre-date .etiq', /en ligne/, '.infos .manque', /en ligne/],
    ['hours', '.infos dd', /leur site/, '.infos .bouton', /Horaires/],
    ['day', '.jours > li > .eph', '.jours h3:not(.visually-hidden)'],
  ];
  const found = [];
  const told = (one) => (one.innerText ?? one.textContent).trim().replace(/\s+/g, ' ').slice(0, 70);
  const mark = (rule, one, text) => found.push([rule, `${one.localName}.${one.className?.baseVal ??
    one.className}`, text ?? told(one)]);
  const shown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const clipped = (one) => one && (getComputedStyle(one).clipPath.startsWith('inset(50')
    || clipped(one.parentElement));
  const HIDDEN = '.visually-hidden, .evitement, .ruban i, script, style, template, svg, select, textarea, noscript';

  // Words, each with its rectangles and the block whose line it stands on.
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const blocks = new Map();
  const block = (one) => {
    if (!blocks.has(one)) {
      const inline = ['inline', 'contents', 'ruby'].includes(getComputedStyle(one).display);
      blocks.set(one, inline && one.parentElement ? block(one.parentElement) : one);
    }
    return blocks.get(one);
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest(HIDDEN) || !shown(parent) || clipped(parent)) continue;
    for (const { 0: text, index } of node.data.matchAll(/[^ \t\n\r]+/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + text.length);
      const rects = [...range.getClientRects()].filter((one) => one.width > .5 && one.height > 2);
      // What a sheet writes after a link, as on paper its address, is no node.
      const written = !index && node.previousSibling?.localName
        && getComputedStyle(node.previousSibling, '::after').content !== 'none';
      if (rects.length) words.push({ text, rects, parent, block: block(parent), written });
    }
  }

  // No text cut by its box.
  const boxes = new Map();
  const clips = (one) => {
    if (!one || one === document.body) return [];
    if (!boxes.has(one)) {
      const style = getComputedStyle(one), above = clips(one.parentElement);
      const clipped = [style.overflowX, style.overflowY].map((how) => /hidden|clip/.test(how));
      const scrolled = [style.overflowX, style.overflowY].some((how) => /auto|scroll/.test(how));
      boxes.set(one, scrolled ? [] : clipped.some(Boolean)
        ? [...above, [one.getBoundingClientRect(), ...clipped]] : above);
    }
    return boxes.get(one);
  };
  const cut = new Set();
  for (const { rects, parent, block: own } of words) {
    for (const [box, sideways, upwards] of clips(parent)) {
      const out = rects.some((one) =>
        sideways && (one.right > box.right + 1.5 || one.left < box.left - 1.5)
        || upwards && (one.bottom > box.bottom + one.height / 4 || one.top < box.top - one.height / 4));
      if (out) cut.add(own);
    }
  }
  const pen = document.createElement('canvas').getContext('2d');
  for (const one of document.querySelectorAll('input[placeholder], input[type="button"]')) {
    if (!shown(one) || !one.clientWidth) continue;
    const style = getComputedStyle(one);
    pen.font = style.font;
    const room = one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (pen.measureText(one.value || one.placeholder).width > room + 1) cut.add(one);
  }
  for (const one of cut) mark('cut', one, told(one) || one.placeholder);

  // No empty band inside a card.
  const cards = new Set([...document.querySelectorAll('.carte-titre')]
    .map((one) => one.closest('.carte, article, li')).filter((one) => one && shown(one)));
  for (const card of cards) {
    const whole = card.getBoundingClientRect();
    const filled = words.filter((one) => card.contains(one.parent)).flatMap((one) => one.rects);
    filled.push(...[...card.querySelectorAll('img, svg, input, button')].filter(shown)
      .map((one) => one.getBoundingClientRect()));
    let reach = whole.top;
    for (const one of [...filled, { top: whole.bottom, bottom: whole.bottom }]
      .sort((a, b) => a.top - b.top)) {
      if (one.top - reach > 90) mark('band', card, `${Math.round(one.top - reach)} px: ${told(card)}`);
      reach = Math.max(reach, one.bottom);
    }
  }

  // No two pictures that touch, unless the second stands beside its own title; a street is one picture.
  const titles = [...document.querySelectorAll('h1, h2, h3, h4, h5, figcaption')].filter(shown)
    .map((one) => one.getBoundingClientRect()).filter((one) => one.width > 2);
  const pictures = [...document.querySelectorAll('main :is(img, svg)')].filter(shown)
    .filter((one) => !one.closest('.geo, .rue, button, .bouton') && !one.ownerSVGElement)
    .map((one) => [one, (one.closest('.vis') ?? one).getBoundingClientRect()])
    .filter(([, box]) => box.width > 47 && box.height > 47);
  pictures.forEach(([one, a], rank) => {
    for (const [other, b] of pictures.slice(rank + 1)) {
      const [over, under] = a.top <= b.top ? [a, b] : [b, a];
      const abreast = Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1;
      const level = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
      const gap = level ? Math.max(a.left, b.left) - Math.min(a.right, b.right)
        : under.top - over.bottom;
      if (level === abreast || gap >= 24) continue;
      const parted = titles.some((title) => level
        ? title.left > Math.min(a.right, b.right) - 1 && title.right < Math.max(a.left, b.left) + 1
        : title.bottom > over.bottom - 1 && title.top < under.bottom
          && (title.bottom < under.top + 1 || title.left >= under.right || title.right <= under.left));
      if (!parted && a.width && b.width) mark('pictures', other, `${Math.round(gap)} px: ${
        other.getAttribute('src') ?? told(other.parentElement)}`);
    }
  });

  // No fact twice in one screen.
  for (const [name, ...ways] of facts) {
    const places = ways.flatMap((way, rank) => typeof way !== 'string' ? [] : [
      [...document.querySelectorAll(way)].find((one) => shown(one)
        && (!(ways[rank + 1] instanceof RegExp) || ways[rank + 1].test(told(one))))]);
    const [first, second] = places;
    if (first && second && first !== second
      && Math.abs(first.getBoundingClientRect().top - second.getBoundingClientRect().top) < innerHeight)
      mark('twice', second, `${name}: ${told(first)} / ${told(second)}`);
  }

  // Lines: none is one sign, begins with one, is of more than ninety on a screen, or parts a number from its noun, or a word of less than 30 signs.
  const lines = new Map();
  for (const word of words) {
    const own = lines.get(word.block) ?? lines.set(word.block, []).get(word.block);
    word.rects.forEach((box, rank) => {
      const last = own.at(-1);
      const same = last && Math.min(box.bottom, last.bottom) - Math.max(box.top, last.top)
        > Math.min(box.height, last.bottom - last.top) / 2;
      const part = word.rects.length === 1 ? word.text : rank ? '' : word.text;
      if (same) {
        last.words.push(part);
        last.bottom = Math.max(last.bottom, box.bottom);
      } else {
        own.push({ top: box.top, bottom: box.bottom, words: [part], within: rank > 0 && word.text, written: word.written });
      }
    });
  }
  for (const [own, all] of lines) {
    all.forEach((line, rank) => {
      const text = line.words.join(' ').trim();
      const before = all[rank - 1]?.words.at(-1) ?? '';
      const said = rank ? `${all[rank - 1].words.slice(-3).join(' ')} / ${text.slice(0, 30)}` : text;
      if (text.length > 90 && matchMedia('screen').matches && !own.closest('table, pre')) mark('line', own, `long: ${text}`);
      const alone = !line.within && text && !/[\p{L}\p{N}]/u.test(text);
      if (alone && (rank || own.children.length) && !own.closest('.eph, button, .bouton')) {
        mark('line', own, `one sign: ${said}`);
      } else if (!line.within && !line.written && (rank ? /^[».,:;?!%…·◇)\]]/ : /^[.,;](?!\d)/).test(text)) mark('line', own, `head: ${said}`);
      else if (line.within.length < 30 && /\d[–-]\d|^\P{L}{0,2}[\p{L}’]+\P{L}{0,2}$/u.test(line.within)
        && getComputedStyle(own).hyphens !== 'auto') mark('line', own, `parted: ${line.within}`);
      else if (rank && !line.within && /^[(«]?\d[\d\u00a0]*(?:,\d+)?(?:er|e|–)?$/.test(before)
        && !/^(?:19|20)\d\d$/.test(before)) {
        const noun = line.words[0].split(/[\u00a0,.;’]/)[0];
        if (/^[\p{Ll}’-]+$/u.test(noun) && !loose.includes(noun)
          || /^\d\d$/.test(before) && /^\d\d$/.test(noun)) mark('line', own, `parted: ${said}`);
      }
    });
  }
  return found;
}
