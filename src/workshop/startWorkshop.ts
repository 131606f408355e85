import type { StartOptions } from '../common/api.ts';
import { cutText } from '../common/cutText.ts';
import { workshopTopic, type Draft } from '../common/model.ts';
import { filedMetadata, readPromptMetadata, versionedMetadata } from '../prompts/promptMetadata.ts';
import { withAnswerClaim } from './answerClaim.ts';
import { addAnswer, failAnswer, startAnswer } from './chat.ts';
import { timestamp, type WorkshopContext } from './context.ts';
import { kindTemplate } from './kindTemplate.ts';
import type { LiveRun } from './liveRuns.ts';
import { checkDraftName, checkKind, checkModelName, limits } from './rules.ts';

/** What a template adds to the options of a program. */
export interface StartFromTemplate {
	/** Of the template or prompt whose text the draft begins with, and to which it is not tied. */
	templateTitle?: string;
	/** Of the draft, besides its kind. */
	metadata?: Record<string, unknown>;
	/** Text of its suite, instead of the parent's. */
	suite?: string;
}

/**
 * Creates a draft with its chat in one transaction, then starts the assistant's first answer. A draft made from a
 * prompt is named after it unless a name is given, gets a copy of its suite, and takes over its linked file. If no model is available, the draft and chat are created anyway and
 * the chat shows why.
 */
export async function startWorkshop(
	context: WorkshopContext,
	options: StartOptions & StartFromTemplate,
): Promise<{ draft: Draft; chatId: number; run: LiveRun }> {
	if (options.draftName !== undefined) {
		checkDraftName(options.draftName);
	}
	checkModelName(options.model);
	if (options.kind !== undefined) {
		checkKind(options.kind);
	}
	const store = await context.store();
	// Loaded on first use.
	const [{ buildMetaPrompt, openingMessage }, { takeOverLink }] = await Promise.all([
		import('./metaPrompt.ts'),
		import('./linkDraft.ts'),
	]);
	const { draft, message } = await store.write((repositories) => {
		const { chats, drafts, prompts, suites, versions } = repositories;
		const now = timestamp(context);
		const parent = options.parentPromptName === undefined ? undefined : prompts.get(options.parentPromptName);
		const content = options.startingPrompt ?? parent?.content ?? '';
		const draftName =
			options.draftName ?? (parent ? cutText(`Modified ${parent.title}`, limits.draftName.maximum) : null);
		const inherited = filedMetadata(parent?.metadata ?? {});
		const kind = options.kind ?? readPromptMetadata(inherited).kind;
		const metadata = { ...inherited, ...options.metadata, kind };
		const origin = parent?.title ?? options.templateTitle;
		const template = kindTemplate(kind, prompts.getDefault());
		const chat = chats.create({ topic: workshopTopic, title: draftName, now });
		const created = drafts.create({
			draftName,
			draftContent: content,
			workshopChatId: chat.id,
			parentPromptName: parent?.name ?? null,
			metadata,
			now,
		});
		if (content !== '') {
			versions.record({
				ownerKind: 'draft',
				ownerId: created.id,
				content,
				reason: 'created',
				author: 'user',
				metadata: versionedMetadata(metadata),
				now,
			});
		}
		const suite = options.suite ?? (parent && suites.get('prompt', parent.id));
		if (suite !== undefined) {
			suites.put({ ownerKind: 'draft', ownerId: created.id, content: suite, now });
		}
		const meta = buildMetaPrompt({
			kind,
			tools: readPromptMetadata(metadata).tools,
			templateTitle: template.title,
			templateContent: template.content,
			...(content !== '' && { draftText: content }),
			...(origin !== undefined && { parentTitle: origin }),
		});
		const opening = openingMessage({
			kind,
			...(options.requirements !== undefined && { requirements: options.requirements }),
			...(origin !== undefined && { parentTitle: origin }),
		});
		chats.addMessage({ chatId: chat.id, role: 'system', content: meta, status: 'complete', now });
		chats.addMessage({ chatId: chat.id, role: 'user', content: opening, status: 'complete', now });
		const draft = parent ? takeOverLink(repositories, parent.name, created, now) : created;
		return { draft, message: addAnswer(context, repositories, chat.id, null) };
	});

	const { id: draftId } = draft;
	const { chatId } = message;
	const begin = async () => {
		const model = await context.chooseModel('chat', options.model, options.signal);
		if (options.model !== undefined) {
			await context.chatModels.keep(store.status.storeId, chatId, model);
		}
		await store.write(({ chats }) => chats.updateMessage(message.id, { model }));
		return startAnswer(context, draftId, message, model, options);
	};
	const fail = (thrown: unknown) => failAnswer(context, draftId, message, thrown);
	const run = await withAnswerClaim(context, draftId, () => begin().catch(fail)).catch(fail);
	return { draft, chatId, run };
}
