import type { listsIt } from './lists-it.ts';

/** English texts of lists in forms and of the files that fill them. */
export const listsEn: typeof listsIt = {
  list: {
    row: 'row {{number}}',
    rowIn: 'row {{number}}',
    number: 'No.',
    acts: 'Actions',
    none: 'No rows.',
    count_one: '{{count}} row',
    count_many: '{{count}} rows',
    count_other: '{{count}} rows',
    add: 'Add a row',
    full: 'More than {{count}} rows are not allowed.',
    up: 'Move row {{number}} up',
    down: 'Move row {{number}} down',
    remove: 'Remove row {{number}}',
    added: 'Row {{number}} added',
    removed: 'Row {{number}} removed; {{count}} are left',
    moved: 'It is now row {{number}}',
    pages: 'Pages of the list “{{label}}”',
    page: 'Rows to show',
    range: 'Rows {{from}}–{{to}}',
    rangeOf: 'Rows {{from}} to {{to}} of {{count}}',
    before: 'Previous',
    after: 'Next',
    yes: 'yes',
    no: 'no',
    moreFaults_one: 'and one more error',
    moreFaults_many: 'and {{count}} more errors',
    moreFaults_other: 'and {{count}} more errors',
  },
};
