import { walkPages } from '../support/walks.ts';

walkPages('rest');
