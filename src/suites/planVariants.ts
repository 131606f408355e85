import * as l10n from '@vscode/l10n';
import { cutText } from '../common/cutText.ts';
import { AppError, throwIfAborted } from '../common/errors.ts';
import { generalTopic, type ThinkingLevel } from '../common/model.ts';
import { isModelName } from '../common/modelName.ts';
import type { PromptReference, SuiteRunOptions, VariantRequest } from '../common/suiteModel.ts';
import { checkOfferedNames } from '../prompts/checkOfferedNames.ts';
import { mockOf } from '../prompts/mockTools.ts';
import type { AskedVariant, PlannedTopic, PlannedVariant, RecordedVariant } from './plannedRun.ts';
import type { Suite, SuiteCase } from './suite.ts';
import type { ResolvedPrompt, SuiteContext } from './suiteContext.ts';
import { isRecorded } from './trialOrder.ts';

/** Most characters of each part of a label. */
const maxPart = 40;

type SuiteHead = Omit<Suite, 'cases'>;

type PlanContext = Pick<
	SuiteContext,
	'models' | 'topics' | 'resolvePrompt' | 'settings' | 'chooseModel' | 'editorTools'
>;

/**
 * What answers the cases: each prompt with each model and thinking level, and one variant for each label of recorded
 * answers. Rejects with `validation` if no prompt is named, and with the errors of prompts, topics and the choice of a model.
 */
export async function planVariants(
	context: PlanContext,
	{ uri, suite, cases }: { uri: string; suite: SuiteHead; cases: Iterable<SuiteCase> },
	options: Pick<SuiteRunOptions, 'variants' | 'signal'>,
): Promise<PlannedVariant[]> {
	const needs = needsOf(cases);
	const recorded = recordedVariants(needs);
	if (!needs.asksModels) {
		return recorded;
	}
	await checkEditorTools(context, suite.editorTools ?? [], options.signal);
	const planner = new VariantPlanner(context, uri, suite, needs, options.signal);
	const requests = options.variants && options.variants.length > 0 ? options.variants : [{}];
	const asked: AskedVariant[] = [];
	for (const request of requests) {
		asked.push(...(await planner.plan(request)));
	}
	return labelled(asked, planner.promptLabels, recorded);
}

/** What cases say about who answers them. */
interface VariantNeeds {
	asksModels: boolean;
	/** Of the cases that ask a model. */
	levels: Set<ThinkingLevel | undefined>;
	hasOutput: boolean;
	/** Of recorded answers. */
	labels: Set<string>;
}

function needsOf(cases: Iterable<SuiteCase>): VariantNeeds {
	const needs: VariantNeeds = { asksModels: false, levels: new Set(), hasOutput: false, labels: new Set() };
	for (const one of cases) {
		if (!isRecorded(one)) {
			needs.asksModels = true;
			needs.levels.add(one.thinking);
		}
		needs.hasOutput ||= one.output !== undefined;
		for (const label of Object.keys(one.outputs ?? {})) {
			needs.labels.add(label);
		}
	}
	return needs;
}

/** Rejects with `not-found` if the suite names a tool that the editor does not have, and outside the editor. */
async function checkEditorTools(
	{ editorTools }: Pick<PlanContext, 'editorTools'>,
	names: readonly string[],
	signal: AbortSignal = new AbortController().signal,
): Promise<void> {
	const there = names.length > 0 ? ((await editorTools?.(names, signal)) ?? []) : [];
	const missing = names.filter((name) => there.every((tool) => tool.name !== name));
	if (missing.length > 0) {
		throw new AppError('not-found', l10n.t('There is no tool of the editor called {0}', missing.join(', ')), {
			info: { field: 'tools' },
		});
	}
}

function recordedVariants({ labels, hasOutput }: VariantNeeds): RecordedVariant[] {
	const named = [...labels].map((label): RecordedVariant => ({ kind: 'recorded', label, output: label }));
	return hasOutput
		? [{ kind: 'recorded', label: freeLabel('recorded', new Set(labels)), output: null }, ...named]
		: named;
}

class VariantPlanner {
	readonly promptLabels = new Map<PromptReference, string>();
	readonly #context: PlanContext;
	readonly #uri: string;
	readonly #suite: SuiteHead;
	readonly #signal: AbortSignal | undefined;
	/** What all cases that ask a model agree on. */
	readonly #thinking: ThinkingLevel | undefined;
	readonly #prompts = new Map<PromptReference, ResolvedPrompt>();
	readonly #chosen = new Map<string | undefined, string>();

	constructor(
		context: PlanContext,
		uri: string,
		suite: SuiteHead,
		{ levels }: VariantNeeds,
		signal: AbortSignal | undefined,
	) {
		this.#context = context;
		this.#uri = uri;
		this.#suite = suite;
		this.#signal = signal;
		this.#thinking = levels.size === 1 ? [...levels][0] : undefined;
	}

	async plan({ prompt, model, thinking }: VariantRequest): Promise<AskedVariant[]> {
		const references = prompt === undefined ? this.#suite.prompts : [prompt];
		if (references.length === 0) {
			const message = l10n.t('The suite names no prompt. Add "prompt:" to it, or choose a prompt for the run');
			throw new AppError('validation', message, { info: { field: 'variants.prompt' } });
		}
		const planned: AskedVariant[] = [];
		for (const reference of references) {
			const resolved = await this.#resolve(reference);
			for (const name of await this.#models(model, resolved)) {
				planned.push(await this.#variant(reference, resolved, name, thinking));
			}
		}
		return planned;
	}

	async #resolve(reference: PromptReference): Promise<ResolvedPrompt> {
		const known = this.#prompts.get(reference);
		if (known) {
			return known;
		}
		const resolved = await this.#context.resolvePrompt(reference, this.#uri);
		throwIfAborted(this.#signal);
		this.#prompts.set(reference, resolved);
		this.promptLabels.set(reference, resolved.label);
		return resolved;
	}

	async #models(given: string | undefined, { model }: ResolvedPrompt): Promise<string[]> {
		const named = given === undefined ? this.#suite.models : [given];
		const wrong = named.find((name) => !isModelName(name));
		if (wrong !== undefined) {
			throw new AppError('validation', l10n.t('"{0}" names no model: write provider/model', wrong), {
				info: { field: 'variants.model' },
			});
		}
		if (named.length > 0) {
			return named;
		}
		// Asked once, not for each prompt.
		const chosen = this.#chosen.get(model) ?? (await this.#context.chooseModel('test', model, this.#signal));
		throwIfAborted(this.#signal);
		this.#chosen.set(model, chosen);
		return [chosen];
	}

	async #variant(
		reference: PromptReference,
		prompt: ResolvedPrompt,
		model: string,
		thinking: ThinkingLevel | undefined,
	): Promise<AskedVariant> {
		const settings = this.#context.settings();
		const mocked = new Set(this.#suite.tools.map(({ name }) => name));
		const own = prompt.tools.filter(({ name }) => !mocked.has(name)).map(mockOf);
		const isWritten = ({ result, results }: (typeof own)[number]) => result !== undefined || results.length > 0;
		const fromEditor = this.#context.editorTools ? own.filter((tool) => !isWritten(tool)) : [];
		const topic = await this.#topic(this.#suite.topic ?? (prompt.kind === 'research' ? prompt.topic : undefined));
		const tools = [...this.#suite.tools, ...own];
		checkOfferedNames(
			tools.map(({ name }) => name),
			topic?.name,
		);
		return {
			label: '',
			kind: 'asked',
			prompt: reference,
			promptHash: prompt.hash,
			text: prompt.text,
			promptRole: prompt.promptRole,
			variables: prompt.variables,
			model,
			isModel: this.#context.models().isModel(model),
			thinking: thinking ?? this.#thinking ?? prompt.thinking ?? settings.thinking,
			forcesThinking: thinking !== undefined,
			maxTokens: settings.maxTokens,
			tools,
			editorTools: [...new Set([...(this.#suite.editorTools ?? []), ...fromEditor.map(({ name }) => name)])],
			topic,
			trialCostUsd: null,
		};
	}

	async #topic(name: string | undefined): Promise<PlannedTopic | null> {
		if (name === undefined || name === generalTopic) {
			return null;
		}
		const topics = await this.#context.topics.list();
		const topic = topics.find((one) => one.name === name);
		if (!topic) {
			const known = [generalTopic, ...topics.map((one) => one.name)].join(', ');
			throw new AppError(
				'not-found',
				l10n.t('Topic "{0}" not found. Import it, or use one of: {1}', name, known),
				{
					info: { field: 'topic' },
				},
			);
		}
		return { name, articles: topic.articles, newest: topic.newest };
	}
}

/** Labels say what distinguishes the variants, and are unique. */
function labelled(
	asked: readonly AskedVariant[],
	promptLabels: ReadonlyMap<PromptReference, string>,
	recorded: readonly RecordedVariant[],
): PlannedVariant[] {
	const taken = new Set(recorded.map(({ label }) => label));
	const differ = (field: 'prompt' | 'model' | 'thinking') => new Set(asked.map((one) => one[field])).size > 1;
	const differing = { prompt: differ('prompt'), model: differ('model'), thinking: differ('thinking') };
	const namesPrompt = differing.prompt || !(differing.model || differing.thinking);
	const shortNames = new Set(asked.map(({ model }) => shortName(model)));
	const areDistinct = shortNames.size === new Set(asked.map(({ model }) => model)).size;
	return [
		...asked.map((variant) => {
			const { prompt, model, thinking } = variant;
			const parts = [
				...(namesPrompt ? [promptLabels.get(prompt) ?? prompt] : []),
				...(differing.model ? [areDistinct ? shortName(model) : model] : []),
				...(differing.thinking ? [thinking] : []),
			];
			return { ...variant, label: freeLabel(parts.map((part) => cutText(part, maxPart)).join(', '), taken) };
		}),
		...recorded,
	];
}

/** The provider's name of a model, without its maker: `openrouter/meta/llama` is `llama`. */
function shortName(model: string): string {
	return model.slice(model.lastIndexOf('/') + 1);
}

/** Adds the label to those that are taken. */
function freeLabel(wanted: string, taken: Set<string>): string {
	let label = wanted;
	for (let number = 2; taken.has(label); number++) {
		label = `${wanted} (${number})`;
	}
	taken.add(label);
	return label;
}
