import { assertSet } from './assertSet.ts';
import { citesReturned } from './citesReturned.ts';
import { contains } from './contains.ts';
import { containsAll } from './containsAll.ts';
import { containsAny } from './containsAny.ts';
import { containsJson } from './containsJson.ts';
import { containsXml } from './containsXml.ts';
import { cost } from './cost.ts';
import { endsWith } from './endsWith.ts';
import { equals } from './equals.ts';
import { factuality } from './factuality.ts';
import { finishReason } from './finishReason.ts';
import { firstToken } from './firstToken.ts';
import type { Grader } from './grader.ts';
import { human } from './human.ts';
import { icontains } from './icontains.ts';
import { icontainsAll } from './icontainsAll.ts';
import { icontainsAny } from './icontainsAny.ts';
import { isJson } from './isJson.ts';
import { isRefusal } from './isRefusal.ts';
import { isXml } from './isXml.ts';
import { javascript } from './javascript.ts';
import { language } from './language.ts';
import { latency } from './latency.ts';
import { levenshtein } from './levenshtein.ts';
import { llmRubric } from './llmRubric.ts';
import { maxToolCalls } from './maxToolCalls.ts';
import { minCitations } from './minCitations.ts';
import { noUnsupportedLinks } from './noUnsupportedLinks.ts';
import { numeric } from './numeric.ts';
import { outputTokens } from './outputTokens.ts';
import { pairwise } from './pairwise.ts';
import { regex } from './regex.ts';
import { rougeN } from './rougeN.ts';
import { searched } from './searched.ts';
import { startsWith } from './startsWith.ts';
import { thinkingTokens } from './thinkingTokens.ts';
import { toolArgs } from './toolArgs.ts';
import { toolCalled } from './toolCalled.ts';
import { toolSequence } from './toolSequence.ts';
import { wordCount } from './wordCount.ts';

/** All graders, in the order of the documentation. A test checks that folder and list agree. */
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
	isJson,
	containsJson,
	isXml,
	containsXml,
	numeric,
	toolCalled,
	toolArgs,
	toolSequence,
	maxToolCalls,
	finishReason,
	latency,
	firstToken,
	cost,
	outputTokens,
	thinkingTokens,
	citesReturned,
	minCitations,
	noUnsupportedLinks,
	searched,
	javascript,
	llmRubric,
	factuality,
	pairwise,
	human,
	assertSet,
];
