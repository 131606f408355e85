import * as vscode from 'vscode';
import type { ThinkingLevel } from '../../common/model.ts';
import type { ProviderConfig } from '../../providers/provider.ts';
import type { ModelUse } from '../../workshop/context.ts';
import type { SpendingSetting } from './spendingSettings.ts';

const section = 'promptWorkshop';

export interface Settings {
	thinking: ThinkingLevel;
	maxTokens: number;
	/** Milliseconds; 0 = never. */
	autoSaveDelay: number;
	/** Days; 0 = do not keep. */
	keepFullResponses: number;
	codeLens: boolean;
	suites: {
		/** `provider/model`; undefined until one is chosen. */
		judgeModel: string | undefined;
		/** US dollars; above it a run is confirmed. */
		maxCostUsd: number;
		/** Requests that rule coverage of a suite may make. */
		maxCoverageCalls: number;
		/** Trials at once. */
		concurrency: number;
		/** Of each suite. */
		keepRuns: number;
	};
}

export function readSettings(): Settings {
	const configuration = vscode.workspace.getConfiguration(section);
	return {
		thinking: spendingSetting<ThinkingLevel>('thinking') ?? 'low',
		maxTokens: spendingSetting<number>('maxTokens') ?? 16_384,
		autoSaveDelay: configuration.get<number>('autoSaveDelay', 2_000),
		keepFullResponses: configuration.get<number>('keepFullResponses', 90),
		codeLens: configuration.get<boolean>('codeLens', true),
		suites: {
			judgeModel: spendingSetting<string>('judgeModel') || undefined,
			maxCostUsd: spendingSetting<number>('suites.maxCostUsd') ?? 1,
			concurrency: Math.min(64, Math.max(1, Math.round(spendingSetting<number>('suites.concurrency') ?? 10))),
			maxCoverageCalls: Math.max(1, Math.round(spendingSetting<number>('suites.maxCoverageCalls') ?? 300)),
			keepRuns: spendingSetting<number>('suites.keepRuns') ?? 50,
		},
	};
}

/**
 * A setting of application scope, from the user settings or its default. Values of a workspace, a folder or a container
 * are ignored, whatever the declared scope.
 */
export function applicationSetting<T>(key: string): T | undefined {
	return layersOf<T>(key).user;
}

/** A setting that decides where text goes or what it costs. Taken from a workspace only if it is trusted. */
function spendingSetting<T>(key: SpendingSetting): T | undefined {
	const { user, workspace } = layersOf<T>(key);
	return workspace ?? user;
}

/** The user's value or the default, and the value of a trusted workspace. */
function layersOf<T>(key: string): { user: T | undefined; workspace: T | undefined } {
	const found = vscode.workspace.getConfiguration(section).inspect<T>(key);
	return {
		user: found?.globalValue ?? found?.defaultValue,
		workspace: vscode.workspace.isTrusted ? (found?.workspaceFolderValue ?? found?.workspaceValue) : undefined,
	};
}

export function providerConfigs(): ProviderConfig[] {
	return applicationSetting<ProviderConfig[]>('providers') ?? [];
}

/** The models of a use as `provider/model`: the user's, and the one of a trusted workspace. */
export function modelSettings(use: ModelUse): { user: string | undefined; workspace: string | undefined } {
	const { user, workspace } = layersOf<string>(modelKey(use));
	return { user: user || undefined, workspace: workspace || undefined };
}

export async function updateModel(use: ModelUse, model: string): Promise<void> {
	const configuration = vscode.workspace.getConfiguration(section);
	await configuration.update(modelKey(use), model, vscode.ConfigurationTarget.Global);
}

function modelKey(use: ModelUse): SpendingSetting {
	return use === 'chat' ? 'chatModel' : 'testModel';
}

export async function updateJudgeModel(model: string): Promise<void> {
	const key: SpendingSetting = 'judgeModel';
	await vscode.workspace.getConfiguration(section).update(key, model, vscode.ConfigurationTarget.Global);
}

export async function updateProviders(providers: ProviderConfig[]): Promise<void> {
	await vscode.workspace.getConfiguration(section).update('providers', providers, vscode.ConfigurationTarget.Global);
}

/** Severity by lint rule, as the settings say it: any value, since users write it by hand. */
export function lintSeverities(scope: vscode.Uri): Record<string, unknown> {
	const severities: unknown = vscode.workspace.getConfiguration(section, scope).get('lint');
	return typeof severities === 'object' && severities !== null ? { ...severities } : {};
}

/** Changes the workspace's setting if it has one, else the user's. */
export async function updateLintSeverity(rule: string, severity: 'off'): Promise<void> {
	const configuration = vscode.workspace.getConfiguration(section);
	const found = configuration.inspect<Record<string, unknown>>('lint');
	const [current, target] =
		found?.workspaceValue !== undefined
			? [found.workspaceValue, vscode.ConfigurationTarget.Workspace]
			: [found?.globalValue, vscode.ConfigurationTarget.Global];
	await configuration.update('lint', { ...current, [rule]: severity }, target);
}

export function onDidChangeSettings(key: string, listener: () => void): vscode.Disposable {
	return vscode.workspace.onDidChangeConfiguration((event) => {
		if (event.affectsConfiguration(`${section}.${key}`)) {
			listener();
		}
	});
}
