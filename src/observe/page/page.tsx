import { render } from 'preact';
import { App } from './app.tsx';
import { PageSource, type PageState } from './source.ts';

const place = placeOfPage();
place.replaceChildren();

let shown: PageState | undefined;

/** What has come by then is drawn at once: when a node is lost, several events and a view do. */
function show(state: PageState): void {
  if (shown === undefined) setTimeout(draw);
  shown = state;
}

function draw(): void {
  const state = shown;
  shown = undefined;
  if (state !== undefined) render(<App state={state} onRange={(minutes) => source.setRange(minutes)} />, place);
}

const source = new PageSource(show);
source.open();

function placeOfPage(): Element {
  const found = document.querySelector('#page');
  if (found === null) throw new Error('the document has no place for the page');
  return found;
}
