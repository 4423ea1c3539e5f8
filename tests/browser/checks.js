// Checks of a report, run inside it. Each is a function that returns what is wrong as a list of
// sentences, empty if nothing is. The outcome goes to the page that holds this one.
'use strict';
const troubles = [];
window.addEventListener('error', (event) => troubles.push('error: ' + event.message));
window.addEventListener('securitypolicyviolation', (event) => troubles.push('policy: ' + event.blockedURI));
for (const name of ['error', 'warn']) {
    const plain = console[name];
    console[name] = (...words) => { troubles.push('console: ' + words.join(' ')); plain(...words); };
}

const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
const shown = (element) => element.getClientRects().length > 0;

// ---- contrast after WCAG 2.1, success criterion 1.4.3 ----

function channels(colour) {
    const parts = colour.match(/[\d.]+/g).map(Number);
    return parts.length < 4 ? [...parts.slice(0, 3), 1] : parts;
}

function luminance(colour) {
    const linear = colour.slice(0, 3).map((c) => {
        c /= 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

function contrast(a, b) {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
}

function ground(element) {
    for (let e = element; e; e = e.parentElement) {
        const colour = channels(getComputedStyle(e).backgroundColor);
        if (colour[3] === 1)
            return colour;
    }
    return [255, 255, 255, 1];
}

function contrastTooLow() {
    const wrong = new Set();
    let seen = 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !shown(element) || element.closest('script, caption'))
            continue;
        const style = getComputedStyle(element);
        const svg = element.closest('svg');
        const size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
        const needed = size >= 24 || (size >= 18.66 && bold) ? 3 : 4.5;
        const ratio = contrast(channels(svg ? style.fill : style.color), ground(element));
        seen++;
        if (ratio < needed)
            wrong.add(`${ratio.toFixed(2)} for "${walker.currentNode.data.trim().slice(0, 40)}"`);
    }
    return seen > 20 ? Array.from(wrong) : ['only ' + seen + ' texts were seen'];
}

// ---- the rest ----

const checks = {
    'the width asked for is the width': () =>
        innerWidth === Number(new URLSearchParams(location.search).get('width')) ? [] : ['it is ' + innerWidth],
    'the colours are those asked for': () => {
        const dark = new URLSearchParams(location.search).get('dark') === '1';
        return matchMedia('(prefers-color-scheme: dark)').matches === dark ? [] : ['they are not'];
    },
    'nothing scrolls sideways': () => {
        const wide = document.documentElement.scrollWidth;
        return wide <= innerWidth ? [] : [`${wide} px in a window of ${innerWidth}`];
    },
    'a table that is cut off says so': () => {
        const cut = all('.scroll').filter((s) => s.scrollWidth > s.clientWidth + 1);
        const wrong = cut.filter((s) => getComputedStyle(s).backgroundAttachment !== 'local, local, scroll, scroll');
        return wrong.map((s) => s.getAttribute('aria-label')).concat(cut.filter((s) => {
            const name = s.querySelector('tbody tr').cells[0], before = name.getBoundingClientRect().left;
            s.scrollLeft = 50;
            const moved = name.getBoundingClientRect().left - before;
            s.scrollLeft = 0;
            return innerWidth < 640 && moved < -6;
        }).map((s) => 'what names a row leaves ' + s.getAttribute('aria-label')));
    },
    'headings are in order': () => {
        const levels = all('h1,h2,h3,h4,h5,h6').map((h) => Number(h.tagName[1]));
        const wrong = levels.filter((level, i) => level > (i ? levels[i - 1] : 0) + 1);
        if (levels.filter((level) => level === 1).length !== 1)
            wrong.push('not one h1');
        return wrong.concat(all('h1,h2,h3').filter((h) => !h.textContent.trim()).map(() => 'an empty one'));
    },
    'pictures are told in words': () => {
        const wrong = all('img:not([alt])').map(() => 'an img without alt');
        for (const svg of all('svg')) {
            if (svg.getAttribute('role') !== 'img')
                wrong.push('an svg that is no image');
            for (const by of ['aria-labelledby', 'aria-describedby']) {
                const words = document.getElementById(svg.getAttribute(by));
                if (!words || !words.textContent.trim() || (by === 'aria-describedby' && !/\d/.test(words.textContent)))
                    wrong.push(`${svg.getAttribute(by)} says nothing`);
            }
        }
        return wrong;
    },
    'each picture is seen once': () => {
        const wrong = all('figure').filter((f) => all('svg', f).filter(shown).length !== 1);
        const flat = all('svg').filter(shown).filter((svg) => svg.getBoundingClientRect().height < 100);
        return wrong.map((f) => f.textContent.slice(0, 40)).concat(flat.map(() => 'one is flat'));
    },
    'texts stand out from their ground': contrastTooLow,
    'names of elements are used once': () => {
        const ids = all('[id]').map((element) => element.id);
        return ids.filter((id, i) => ids.indexOf(id) !== i);
    },
    'tables have heads': () =>
        all('table').filter((t) => !t.caption || !t.caption.textContent || all('th:not([scope])', t).length)
            .map((t) => t.textContent.slice(0, 40)),
    'tables sort, up and down, what is undefined last': () => {
        const wrong = [];
        for (const table of all('table.sort')) {
            const rows = table.tBodies[0].rows, count = rows.length;
            for (const head of all('thead th', table)) {
                const button = head.querySelector('button');
                for (const order of ['ascending', 'descending']) {
                    button.click();
                    const keys = Array.from(rows, (row) => row.cells[head.cellIndex]).map((cell) => {
                        const key = cell.getAttribute('data-k');
                        return key === null ? cell.textContent || null : key === '' ? null : Number(key);
                    });
                    const sorted = keys.every((key, i) => i === 0 || (key === null ? true :
                        keys[i - 1] !== null && (order === 'ascending' ? keys[i - 1] <= key : keys[i - 1] >= key)));
                    if (!sorted || rows.length !== count || head.getAttribute('aria-sort') !== order)
                        wrong.push(`${head.textContent} ${order}`);
                }
            }
            all('thead button', table)[0].click();
        }
        return wrong;
    },
    'nothing is fetched': () => performance.getEntriesByType('resource')
        .filter((entry) => !entry.name.endsWith('/checks.js')).map((entry) => entry.name),
    'users\' words are only words': () => {
        const wrong = document.title === 'owned' ? ['a script ran'] : [];
        return wrong.concat(all('body script').slice(1).map(() => 'a second script'),
            all('[onerror],[onclick],[onload],[onmouseover],main i:not(.ten i)').map((e) => e.outerHTML.slice(0, 60)));
    },
    'nothing was complained about': () => troubles,
};

window.addEventListener('load', () => {
    const report = Object.entries(checks).map(([name, check]) => {
        let wrong;
        try {
            wrong = check();
        } catch (error) {
            wrong = [String(error)];
        }
        return [name, Array.from(wrong).slice(0, 5).join('; ')];
    });
    parent.postMessage({page: location.pathname.split('/').pop(), search: location.search, report}, '*');
});
