import { useEffect, useState } from 'preact/hooks';

type Theme = 'light' | 'dark';

const KEY = 'isthmus-theme';

/** The system's theme, until one is chosen here. */
export function useTheme(): [theme: Theme, change: () => void] {
  const [chosen, setChosen] = useState(stored);
  const [system, setSystem] = useState(systemTheme);
  const theme = chosen ?? system;
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const onChange = (): void => setSystem(systemTheme());
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  document.documentElement.dataset['theme'] = theme;
  const change = (): void => {
    const next = theme === 'dark' ? 'light' : 'dark';
    store(next);
    setChosen(next);
  };
  return [theme, change];
}

function systemTheme(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function stored(): Theme | undefined {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'light' || theme === 'dark' ? theme : undefined;
  } catch {
    // The browser stores nothing: the choice lasts until the page is closed.
    return undefined;
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // As above.
  }
}
