import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { PromptReference, SuiteRunOptions } from '../../common/suiteModel.ts';
import type { Repositories } from '../../storage/contract.ts';
import type { PlannedRun } from '../../suites/plannedRun.ts';
import type { SuiteSource } from '../../suites/planRun.ts';
import { asideSuite } from '../../suites/asideSuite.ts';
import { draftIdOf, splitReference } from '../../suites/storedPrompt.ts';
import { chosen, optionsArgument, property } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';
import { runWithProgress, showInformation } from '../kit/notify.ts';
import { showPick } from '../kit/pick.ts';
import { choosePrompt } from './choosePrompt.ts';
import { suiteArgument, suiteLocation } from './openSuite.ts';
import { confirmRun } from './startConsent.ts';
import type { SuiteServices } from './suiteServices.ts';

/** Versions that are searched, the newest ones. */
const maxVersions = 5000;

interface SearchedCase {
	suite: unknown;
	/** Of the case; the user is asked without it. */
	name?: string;
	/** Of the answer that failed; else what the suite tests. */
	prompt?: PromptReference;
	model?: string;
}

interface SearchedVersion {
	reference: PromptReference;
	/** Undefined for a current text that is not kept as a version yet. */
	versionId: number | undefined;
	name: string;
}

/**
 * Finds the first version of a prompt at which a case fails, by binary search with ordinary runs that are filed aside of the suite. Its cost is shown first,
 * unless a program gives options. Opens the difference between the last good and the first bad version.
 */
export const bisect: Command<SuiteServices> = {
	id: 'bisect',
	async run(services, argument, given) {
		const { suiteFiles, suiteRuns } = services;
		const item = ofTest(argument);
		const source = await suiteFiles.savedSource(await suiteArgument(services, item.suite));
		const [{ planRun }, { runBisection }, { bisectionAnswers }, { bisectionSentence }, { versionContext }] =
			await Promise.all([
				import('../../suites/planRun.ts'),
				import('../../suites/bisect/runBisection.ts'),
				import('../../suites/bisect/bisection.ts'),
				import('../../suites/bisect/bisectionSentence.ts'),
				import('../../suites/bisect/versionContext.ts'),
			]);
		if (item.name === undefined && given !== undefined) {
			throw new AppError('validation', vscode.l10n.t('Give the name of a case'), { info: { field: 'name' } });
		}
		const name = item.name ?? (await chooseCase(services, source));
		const own = await testedPrompt(services, source, item.prompt);
		const context = await suiteRuns.context();
		// Saves the open document of a draft.
		const prompt = await context.resolvePrompt(own, source.uri);
		const store = await services.openStore();
		const versions = await store.read((repositories) => versionsOf(repositories, own));
		if (versions.length < 2) {
			throw new AppError(
				'not-found',
				vscode.l10n.t('The prompt has only one version, so there is nothing to search'),
			);
		}
		const options = optionsArgument(given);
		const good = given === undefined ? await chooseGood(versions) : positionOf(versions, options['good']);

		const filter = { names: [name] };
		const variant = async (reference: PromptReference, model?: string) =>
			planRun(versionContext(context, prompt), source, {
				variants: [{ prompt: reference, ...(model !== undefined && { model }) }],
				filter,
				repeat: 1,
			});
		// The prompt itself knows the model of its tests.
		const model = modelOf(await variant(own, item.model));
		const { likely, most } = bisectionAnswers(versions.length, good !== undefined);
		const plan = times(await variant(versions.at(-1)?.reference ?? own, model), likely);
		const caps: Pick<SuiteRunOptions, 'maxCostUsd' | 'maxCalls'> =
			given === undefined
				? await confirmRun(services, source, plan, {
						question: vscode.l10n.t(
							'Search {0} versions for where "{1}" began to fail?',
							versions.length,
							name,
						),
						note: vscode.l10n.t(
							'These numbers are for a case whose answers do not vary. A flaky case is asked more often: up to {0} answers, within the limit above.',
							most,
						),
					})
				: options;

		const aside = {
			...source,
			uri: asideSuite(source.uri, 'bisection'),
			name: vscode.l10n.t('{0}, bisect', source.name),
		};
		const outcome = await runWithProgress(
			{
				location: vscode.ProgressLocation.Notification,
				title: vscode.l10n.t('Bisect "{0}"', name),
				cancellable: true,
			},
			async (progress, token) => {
				const stop = new AbortController();
				token.onCancellationRequested(() => stop.abort());
				return runBisection(
					(run) =>
						suiteRuns.run(
							aside,
							{ ...run, signal: stop.signal },
							{ isProgram: given !== undefined, adapt: (of) => versionContext(of, prompt) },
						),
					{
						name,
						versions: versions.map(({ reference }) => reference),
						...(good !== undefined && { good }),
						model,
						maxCostUsd: caps.maxCostUsd,
						maxCalls: caps.maxCalls,
						onStep: (version, answers) =>
							progress.report({
								message: vscode.l10n.t(
									'{0}, {1} answers so far',
									versions[version]?.name ?? '',
									answers,
								),
								increment: 100 / most,
							}),
					},
				);
			},
		);
		const sentence = bisectionSentence(outcome, { name, names: versions.map((version) => version.name) });
		if (outcome.kind === 'found') {
			const [left, right] = [versions[outcome.good], versions[outcome.bad]];
			// Without a second one it is the current text.
			await vscode.commands.executeCommand(
				'promptWorkshop.compareVersions',
				// A number alone would be a draft.
				{ versionId: left?.versionId },
				right?.versionId,
			);
		}
		// With a button, VS Code shows the whole sentence.
		void showInformation(sentence, vscode.l10n.t('OK'));
		return {
			kind: outcome.kind,
			answers: outcome.answers,
			sentence,
			...(outcome.kind === 'found' && {
				good: versions[outcome.good]?.versionId ?? null,
				bad: versions[outcome.bad]?.versionId ?? null,
			}),
		};
	},
};

/** The suite and case that a program, a button below an answer, or VS Code with an item of its tests, names. */
function ofTest(argument: unknown): SearchedCase {
	if (property(argument, 'kind') === 'suite') {
		return { suite: argument };
	}
	const parent = property(argument, 'parent');
	const id = property(argument, 'id');
	const [suite, name] =
		parent === undefined
			? [property(argument, 'suite') ?? argument, property(argument, 'name')]
			: suiteLocation({ suite: id })
				? [id, undefined]
				: [property(parent, 'id'), id];
	const [prompt, model] = [property(argument, 'prompt'), property(argument, 'model')];
	return {
		suite,
		...(typeof name === 'string' && { name }),
		...(typeof prompt === 'string' && { prompt }),
		...(typeof model === 'string' && { model }),
	};
}

/** The case that the user chooses; those that did not pass in the last run stand first. */
async function chooseCase({ suiteFiles, suiteRuns }: SuiteServices, source: SuiteSource): Promise<string> {
	const { suite } = await suiteFiles.read(source);
	const context = await suiteRuns.context();
	const [last] = await context.records.list({ suite: source.uri });
	const { failedCases } = await import('../../suites/chooseCases.ts');
	const failed = last ? await failedCases(context, source.uri, last.runId) : new Set<string>();
	const rows = (suite?.cases ?? [])
		.filter(({ output, outputs }) => output === undefined && !outputs)
		.map(({ name }) => ({
			label: name,
			name,
			description: failed.has(name) ? vscode.l10n.t('failed in the last run') : '',
		}))
		.sort((one, other) => Number(failed.has(other.name)) - Number(failed.has(one.name)));
	return chosen(await showPick(rows, { placeHolder: vscode.l10n.t('Which case began to fail?') })).name;
}

/** The draft or prompt whose versions are searched. A suite of a version means the prompt that has it. */
async function testedPrompt(
	services: SuiteServices,
	source: SuiteSource,
	given: PromptReference | undefined,
): Promise<PromptReference> {
	const { suite } = await services.suiteFiles.read(source);
	const reference = given ?? suite?.prompts[0] ?? source.prompt ?? (await choosePrompt(services));
	const { kind, name } = splitReference(reference);
	if (kind === 'file') {
		throw new AppError(
			'validation',
			vscode.l10n.t(
				'The suite tests the file {0}, of which no versions are kept. Open it as a draft to keep some',
				name,
			),
			{ info: { field: 'prompt' } },
		);
	}
	if (kind !== 'version') {
		return reference;
	}
	const store = await services.openStore();
	return store.read(({ versions, prompts }) => {
		const { ownerKind, ownerId } = versions.get(Number(name));
		return ownerKind === 'draft' ? `draft:${ownerId}` : `library:${prompts.getById(ownerId).name}`;
	});
}

/** From old to new; a current text that is not kept as a version comes last. */
function versionsOf({ drafts, prompts, versions }: Repositories, own: PromptReference): SearchedVersion[] {
	const { kind, name } = splitReference(own);
	const [ownerKind, ownerId] =
		kind === 'draft' ? (['draft', draftIdOf(drafts, name)] as const) : (['prompt', prompts.get(name).id] as const);
	const listed = versions.overview(ownerKind, ownerId, maxVersions).versions;
	const kept = listed.toReversed().map(({ id, number, label }) => ({
		reference: `version:${id}`,
		versionId: id,
		name: label === null ? `v${number}` : `v${number} (${label})`,
	}));
	const current = { reference: own, versionId: undefined, name: vscode.l10n.t('the current text') };
	const at = listed.findIndex(({ isCurrent }) => isCurrent);
	return at === 0 ? kept : [...kept, current];
}

/** Position of the version that the user knows as good; undefined if the oldest that passes is to be found. */
async function chooseGood(versions: readonly SearchedVersion[]): Promise<number | undefined> {
	const rows = [
		{ label: vscode.l10n.t('The oldest version that passes'), position: undefined },
		...versions
			.slice(0, -1)
			.map(({ name }, position) => ({ label: name, position }))
			.toReversed(),
	];
	const placeHolder = vscode.l10n.t('Which version is known as good? It is tested first');
	return chosen(await showPick(rows, { placeHolder })).position;
}

function positionOf(versions: readonly SearchedVersion[], versionId: unknown): number | undefined {
	if (versionId === undefined) {
		return undefined;
	}
	const position = versions.findIndex((version) => version.versionId === versionId);
	if (position < 0 || position === versions.length - 1) {
		throw new AppError(
			'not-found',
			vscode.l10n.t('The prompt has no older version {0}', JSON.stringify(versionId)),
			{
				info: { field: 'good' },
			},
		);
	}
	return position;
}

/** The model that is asked. Rejects with `validation` if nothing that reads the prompt is. */
function modelOf({ variants: [variant] }: PlannedRun): string {
	const problem =
		variant?.kind !== 'asked'
			? vscode.l10n.t('The answer of this case is recorded, so no version can change it')
			: variant.isModel
				? undefined
				: vscode.l10n.t("'{0}' is not a model: its answers do not depend on the prompt", variant.model);
	if (variant?.kind !== 'asked' || problem !== undefined) {
		throw new AppError('validation', problem ?? '', { info: { field: 'case' } });
	}
	return variant.model;
}

/** The plan of so many answers, each as the one that was planned. */
function times(plan: PlannedRun, answers: number): PlannedRun {
	const { batch: _batch, trials, calls, inputTokens, costUsd, ...estimate } = plan.estimate;
	return {
		...plan,
		estimate: {
			...estimate,
			trials: trials * answers,
			calls: calls * answers,
			inputTokens: inputTokens * answers,
			...(costUsd !== undefined && { costUsd: costUsd * answers }),
		},
	};
}
