export function buildPage(root: string, folder: string): Promise<void>;
