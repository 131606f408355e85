import type { LintFinding, LintSeverity } from '../../common/api.ts';
import type { PromptKind } from '../../common/model.ts';
import type { PromptVariable } from '../promptMetadata.ts';
import { LintedPrompt } from './lintedPrompt.ts';
import type { LintContext, LintHit, LintRule } from './rule.ts';
import { lintRules } from './rules.ts';

export interface LintOptions {
	/** Default: research. */
	kind?: PromptKind;
	/** `provider/model` */
	model?: string | undefined;
	contextTokens?: number | undefined;
	/** Names of the prompt's own tools. */
	tools?: readonly string[];
	/** The declared variables; absent if the text stands alone. */
	variables?: readonly PromptVariable[] | undefined;
	/** By rule, instead of the rule's own. Other keys and values are ignored: they come from settings. */
	severities?: Readonly<Record<string, unknown>>;
}

const maxFindings = 100;

/** Characters; what follows them is not checked, so that a prompt of any size takes the same time at most. */
const maxLinted = 400_000;

/**
 * Finds problems in a system prompt before it is tested or committed, sorted by position, at most 100. Findings are
 * advice: only the limits of `contentLimits` refuse anything.
 */
export function lintPrompt(text: string, options: LintOptions = {}): LintFinding[] {
	const { kind = 'research', model, contextTokens, tools = [], variables, severities = {} } = options;
	const prompt = new LintedPrompt(text.slice(0, maxLinted), text.length);
	const context: LintContext = {
		kind,
		tools,
		...(model !== undefined && { model }),
		...(contextTokens !== undefined && { contextTokens }),
		...(variables && { variables }),
	};
	return lintRules
		.filter(({ kinds }) => kinds.includes(kind))
		.flatMap((rule) => findingsOf(rule, prompt, context, severityOf(severities[rule.id])))
		.sort((a, b) => a.start - b.start || a.end - b.end)
		.slice(0, maxFindings);
}

type SeverityChoice = LintSeverity | 'off' | undefined;

function severityOf(setting: unknown): SeverityChoice {
	return setting === 'off' || setting === 'information' || setting === 'warning' ? setting : undefined;
}

function findingsOf(
	rule: LintRule,
	prompt: LintedPrompt,
	context: LintContext,
	severity: SeverityChoice,
): LintFinding[] {
	const findings: LintFinding[] = [];
	if (severity === 'off') {
		return findings;
	}
	for (const hit of switchedOn(rule.check(prompt, context), prompt.switches.offRanges(rule.id))) {
		findings.push({ ...hit, code: rule.id, severity: severity ?? hit.severity ?? rule.severity });
		if (findings.length === maxFindings) {
			break;
		}
	}
	return findings;
}

/** Hits and ranges are both sorted by start. */
function* switchedOn(hits: Iterable<LintHit>, off: readonly { start: number; end: number }[]): Generator<LintHit> {
	let next = 0;
	let offUntil = 0;
	for (const hit of hits) {
		for (let range = off[next]; range && range.start <= hit.start; range = off[++next]) {
			offUntil = Math.max(offUntil, range.end);
		}
		if (hit.start >= offUntil) {
			yield hit;
		}
	}
}
