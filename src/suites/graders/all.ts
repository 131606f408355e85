import { assertSet } from './assertSet.ts';
import { contains } from './contains.ts';
import { containsAll } from './containsAll.ts';
import { containsAny } from './containsAny.ts';
import { endsWith } from './endsWith.ts';
import { equals } from './equals.ts';
import type { Grader } from './grader.ts';
import { icontains } from './icontains.ts';
import { icontainsAll } from './icontainsAll.ts';
import { icontainsAny } from './icontainsAny.ts';
import { isRefusal } from './isRefusal.ts';
import { language } from './language.ts';
import { levenshtein } from './levenshtein.ts';
import { regex } from './regex.ts';
import { rougeN } from './rougeN.ts';
import { startsWith } from './startsWith.ts';
import { wordCount } from './wordCount.ts';

/** All graders, in the order of the documentation. A test checks that folder, list and schema agree. */
export const graders: readonly Grader[] = [
	equals,
	contains,
	icontains,
	containsAny,
	containsAll,
	icontainsAny,
	icontainsAll,
	startsWith,
	endsWith,
	regex,
	levenshtein,
	rougeN,
	wordCount,
	isRefusal,
	language,
	assertSet,
];
