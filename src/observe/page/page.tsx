import { render } from 'preact';
import { App } from './app.tsx';
import { PageSource, type PageState } from './source.ts';

const root = document.querySelector('#page');
if (root === null) throw new Error('the document has no place for the page');
root.replaceChildren();

const source = new PageSource((state: PageState) =>
  render(<App state={state} onRange={(minutes) => source.setRange(minutes)} />, root),
);
source.open();
