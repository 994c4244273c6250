export const STYLE = `body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #222 }
h1 small { font-size: 1rem; color: #a40 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid #ddd }
th { font-weight: 600; color: #555 }
code { font-size: .85em }
ol { margin: 0; padding-left: 1.2rem }
time { color: #777; font-size: .85em }
.available, .fetched { color: #06c } .delivered, .read { color: #080 } .rejected, .expired, .recalled, .abandoned { color: #a40 }
`;

/** Shows what is new every two seconds, as long as somebody looks. */
export const SCRIPT = `const refresh = async () => {
  if (!document.hidden) {
    try {
      const answer = await fetch('/', { headers: { Accept: 'text/html' } });
      if (answer.ok) {
        const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
        if (next) document.querySelector('main').replaceWith(document.adoptNode(next));
      }
    } catch {
      document.querySelector('#health').textContent = 'The relay does not answer.';
    }
  }
  setTimeout(refresh, 2000);
};
setTimeout(refresh, 2000);
`;
