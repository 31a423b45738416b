/** Folder of the site's own drills, where the operator names no other. */
export const SITE_DRILLS = '/etc/isthmus/drills';
