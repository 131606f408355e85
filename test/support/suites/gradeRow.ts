import type { AssertionResult, Verdict } from '../../../src/common/suiteModel.ts';
import type { StopReason } from '../../../src/common/turn.ts';
import { renderTemplate } from '../../../src/prompts/variables/renderTemplate.ts';
import type { RunPart } from '../../../src/providers/provider.ts';
import { gradeAnswer } from '../../../src/suites/gradeAnswer.ts';
import type { GradedAnswer, GraderContext, Judge, RenderedAssertion } from '../../../src/suites/graders/grader.ts';
import { createJudge } from '../../../src/suites/judge.ts';
import { AnsweringModels } from './answeringModels.ts';
import { directSandbox } from './directSandbox.ts';

/** An assertion as promptfoo's users write it. */
interface WrittenAssertion {
	type: string;
	value?: unknown;
	threshold?: unknown;
	weight?: number | null;
	metric?: string;
	transform?: string;
	assert?: WrittenAssertion[];
}

/** A row of `fixtures/suites/verdicts.jsonl`; its README describes the fields. */
export interface VerdictRow {
	id: string;
	group: string;
	assertion?: WrittenAssertion;
	assert?: WrittenAssertion[];
	threshold?: unknown;
	output?: unknown;
	output_parts?: [string, number][];
	vars?: Record<string, unknown>;
	context?: Record<string, unknown>;
	pass: boolean | null;
	score: number | 'NaN' | 'Infinity' | null;
}

/** What promptfoo says of a row: where it throws, the whole test is an error. */
export function givenVerdict({ pass }: VerdictRow): Verdict {
	return pass === null ? 'error' : pass ? 'pass' : 'fail';
}

/** What our graders say of a row. What cannot be read or rendered is an error of the case, before anything is graded. */
export async function gradeRow(
	row: VerdictRow,
	context?: Partial<GraderContext>,
): Promise<{ verdict: Verdict; score: number; assertions: AssertionResult[] }> {
	const written = row.assert ?? (row.assertion ? [row.assertion] : []);
	let assertions;
	try {
		assertions = written.map((assertion) => rendered(assertion, row.vars ?? {}));
	} catch (thrown) {
		if (thrown instanceof Unreadable) {
			return { verdict: 'error', score: 0, assertions: [] };
		}
		throw thrown;
	}
	return await gradeAnswer(assertions, typeof row.threshold === 'number' ? row.threshold : undefined, {
		answer: answerOf(row),
		sandbox: directSandbox,
		judge: replyingJudge(row),
		signal: new AbortController().signal,
		...context,
	});
}

/** A judge over models that give the replies of a row. */
function replyingJudge({ context }: VerdictRow): Judge {
	const { judge_replies = [] } = (context ?? {}) as { judge_replies?: (string | { error: string })[] };
	const models = new AnsweringModels((_request, number): string | RunPart[] => {
		const reply = judge_replies[number] ?? '';
		return typeof reply === 'string'
			? reply
			: [
					{ type: 'error', code: 'rate-limit', message: reply.error, retryable: true },
					{ type: 'done', stopReason: 'error' },
				];
	});
	return createJudge({ models, model: 'a/judge' });
}

class Unreadable extends Error {}

/** Texts and the texts directly in a list are rendered. */
function rendered(assertion: WrittenAssertion | null, vars: Record<string, unknown>): RenderedAssertion {
	// Rows have null and {} in the place of an assertion, which the reader of suites refuses.
	const {
		type,
		value,
		threshold,
		weight,
		metric,
		transform,
		assert: members,
	} = (assertion ?? {}) as Partial<WrittenAssertion>;
	if (type === undefined) {
		throw new Unreadable('no type');
	}
	const render = (item: unknown) => (typeof item === 'string' ? renderText(item, vars) : item);
	return {
		type: type.replace(/^not-/, ''),
		negate: type.startsWith('not-'),
		weight: weight ?? (weight === null ? 0 : 1),
		line: 1,
		...(value === undefined ? {} : { value: Array.isArray(value) ? value.map(render) : render(value) }),
		...(threshold === undefined ? {} : { threshold: Number(threshold) }),
		...(metric === undefined ? {} : { metric: renderText(metric, vars) }),
		...(transform === undefined ? {} : { transform }),
		...(members === undefined ? {} : { members: members.map((member) => rendered(member, vars)) }),
	};
}

function renderText(text: string, vars: Record<string, unknown>): string {
	const result = renderTemplate(text, vars);
	if ('problems' in result) {
		throw new Unreadable(result.problems[0]?.message);
	}
	return result.text;
}

/** What is no text is JSON, as promptfoo makes of it. */
function answerOf({ output, output_parts, context = {}, vars = {} }: VerdictRow): GradedAnswer {
	const joined = output_parts?.map(([text, times]) => text.repeat(times)).join('');
	const text = joined ?? (typeof output === 'string' ? output : JSON.stringify(output));
	const { latency_ms, cost, finish_reason, metadata } = context as {
		latency_ms?: number;
		cost?: number;
		finish_reason?: string;
		metadata?: Record<string, unknown>;
	};
	return {
		output: text ?? 'undefined',
		prompt: '',
		query: '',
		vars,
		model: null,
		toolCalls: [],
		...(latency_ms === undefined ? {} : { latencyMs: latency_ms }),
		...(cost === undefined ? {} : { costUsd: cost }),
		...(metadata === undefined ? {} : { metadata }),
		...(finish_reason ? { stopReason: finish_reason as StopReason } : {}),
	};
}
