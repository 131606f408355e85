import * as vscode from 'vscode';
import type { Fixture } from '../../common/api.ts';
import { toAppError, type AppError } from '../../common/errors.ts';
import type { LabMatrixChoice, LabProtocol, LabShow, LabSnapshot } from '../../common/labProtocol.ts';
import { initialLabState, type LabChange, type LabSettings, type LabState } from '../../common/labState.ts';
import { DisposableStore, type Disposable } from '../../common/lifecycle.ts';
import type { Lab } from '../../lab/lab.ts';
import type { LabSession } from '../../lab/session.ts';
import { offerUndo } from '../kit/offerUndo.ts';
import type { LabRuns } from './labRuns.ts';
import { saveMatrix } from './saveMatrix.ts';
import { feedChanges } from './labFeed.ts';
import { labHandlers, sentRequests } from './labHandlers.ts';
import { startMatrix } from './labMatrix.ts';
import type { LabPrompts } from './labPrompts.ts';
import { shownState } from './labShown.ts';
import { PagePanel } from '../kit/pagePanel.ts';
import { openOutside } from '../kit/openOutside.ts';

/** An unfinished run is saved at most this often while answers stream, in milliseconds. */
const keepInterval = 1_000;

export interface LabPageServices {
	extension: Pick<vscode.ExtensionContext, 'extensionUri'>;
	lab: Lab;
	runs: LabRuns;
	prompts: LabPrompts;
	defaults: () => LabSettings;
	newId: () => string;
	pickModel: () => Promise<string>;
	inputPrice: (model: string) => number | undefined;
	runCommand: (id: string, ...parameters: unknown[]) => Promise<unknown>;
	showDocument: (text: string, name: string) => Promise<void>;
	onRejected: (what: string, error: AppError) => void;
}

/** One Lab panel: a session, its page, and the file that preserves an unfinished run across a reload. */
export class LabPage implements vscode.Disposable {
	readonly panel: vscode.WebviewPanel;
	readonly #services: LabPageServices;
	readonly #disposables = new DisposableStore();
	#session: LabSession;
	#restored: boolean;
	#feed: ReturnType<typeof feedChanges>;
	#keeping: Disposable;
	#keepTimer: ReturnType<typeof setTimeout> | undefined;
	readonly #page: PagePanel<LabProtocol>;

	static async create(
		panel: vscode.WebviewPanel,
		fixture: Fixture,
		kept: LabState | undefined,
		services: LabPageServices,
	): Promise<LabPage> {
		const state = kept ?? initialLabState(fixture, services.defaults());
		const session = await services.lab.openSession({ state, newId: services.newId });
		return new LabPage(panel, session, kept !== undefined, services);
	}

	private constructor(panel: vscode.WebviewPanel, session: LabSession, restored: boolean, services: LabPageServices) {
		this.panel = panel;
		this.#services = services;
		this.#session = session;
		this.#restored = restored;
		const handlers = labHandlers({
			session: () => this.#session,
			snapshot: () => this.#snapshot(),
			prompts: services.prompts,
			chooseModel: () => this.chooseModel(),
			inputPrice: services.inputPrice,
			startOver: () => this.startOver(),
			saveMatrix: async () => (await saveMatrix(this.#session)) !== undefined,
			showDocument: services.showDocument,
			openLink: (url) =>
				openOutside(url, vscode.l10n.t('Only https and mailto links can be opened; this is {0}', url)),
			dismiss: (id) => this.dismiss(id),
			copy: (text) => vscode.env.clipboard.writeText(text),
			sendToDraft: async (section) => {
				await services.runCommand('sendToDraft', this.#session.prompt(section));
			},
		});
		this.#page = this.#disposables.add(
			new PagePanel<LabProtocol>(panel, handlers, services.onRejected, () => this.#feed.flush()),
		);
		this.#feed = feedChanges(session, this.#send);
		this.#keeping = this.#keepAfterChanges();
		this.#page.load(services.extension.extensionUri, 'lab', vscode.l10n.t('Lab: {0}', session.state.fixture.name));
	}

	readonly #send = (changes: LabChange[]): void => this.#page.server.send('changes', changes);

	get session(): LabSession {
		return this.#session;
	}

	#keepAfterChanges(): Disposable {
		return this.#session.onDidChange(() => {
			this.#keepTimer ??= setTimeout(() => this.#keep(), keepInterval);
		});
	}

	/** Pending changes are already part of the state, so they are sent first and not applied twice. */
	#snapshot(): LabSnapshot {
		this.#feed.flush();
		return {
			state: shownState(this.#session.state),
			running: this.#session.running,
			restored: this.#restored,
			locale: vscode.env.language,
			show: this.#page.begin(),
		};
	}

	#keep(): void {
		clearTimeout(this.#keepTimer);
		this.#keepTimer = undefined;
		this.#services.runs.save(this.#session.state).catch((error: unknown) => {
			this.#services.onRejected('keep', toAppError(error));
		});
	}

	/** Brings the panel to the front and shows something on its page. */
	show(show: LabShow): void {
		this.panel.reveal();
		this.#page.show(show);
	}

	async chooseModel(): Promise<string> {
		const model = await this.#services.pickModel();
		this.#session.configure({ model });
		return model;
	}

	async startMatrix(choice: LabMatrixChoice): Promise<void> {
		await startMatrix(this.#session, this.#services.prompts, choice);
	}

	/** Removes a regeneration and offers to put it back. */
	dismiss(take: string): void {
		offerUndo(vscode.l10n.t('The regeneration was dismissed'), this.#session.dismiss(take));
	}

	async showRequest(take: string, step: number): Promise<void> {
		await this.#services.showDocument(sentRequests(this.#session, take, step), 'request.http');
	}

	async showPrompt(section: number): Promise<void> {
		await this.#services.showDocument(this.#session.prompt(section), 'prompt.md');
	}

	/** Discards all edits, regenerations and scores of the fixture. */
	async startOver(): Promise<void> {
		const { lab, runs, defaults, newId } = this.#services;
		const { fixture } = this.#session.state;
		const session = await lab.openSession({ state: initialLabState(fixture, defaults()), newId });
		this.#leaveSession();
		clearTimeout(this.#keepTimer);
		this.#keepTimer = undefined;
		this.#session = session;
		this.#restored = false;
		this.#feed = feedChanges(session, this.#send);
		this.#keeping = this.#keepAfterChanges();
		await runs.remove(fixture);
		this.#page.server.send('replaced', shownState(session.state));
	}

	dispose(): void {
		if (this.#keepTimer !== undefined) {
			this.#keep();
		}
		this.#leaveSession();
		this.#disposables.dispose();
	}

	#leaveSession(): void {
		this.#feed.dispose();
		this.#keeping.dispose();
		this.#session.dispose();
	}
}
