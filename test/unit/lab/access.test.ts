import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { createAccessRule, type AccessPort } from '../../../src/lab/access.ts';

const ada = { id: '42', label: 'ada@example.org' };
const bob = { id: '7', label: 'bob@example.org' };

function rule(port: Partial<AccessPort>) {
	return createAccessRule({
		isWorkspaceTrusted: () => true,
		facilitators: () => [ada.label],
		authProvider: () => 'github',
		accounts: async () => [bob, ada],
		session: async (_provider, account) => account,
		...port,
	});
}

async function refused(check: Promise<void>, message: RegExp): Promise<void> {
	await assert.rejects(check, (error) => isAppError(error, 'access-denied') && message.test(error.message));
}

describe('access to the Lab', () => {
	it('lets the local profile in where no facilitator is listed, without asking the provider', async () => {
		const asked = () => assert.fail('the provider was asked');
		await rule({ facilitators: () => [], accounts: asked, session: asked })();
	});

	it('lets a listed account in, by label and by id', async () => {
		await rule({})();
		await rule({ facilitators: () => [ada.id] })();
	});

	it('answers that the workspace is not trusted before anything else [attack 13]', async () => {
		await refused(rule({ isWorkspaceTrusted: () => false, facilitators: () => [] })(), /trusted workspace/);
	});

	it('answers that the provider is missing or failed', async () => {
		await refused(
			rule({ accounts: () => Promise.reject(new Error('no such provider')) })(),
			/"github" is missing or failed/,
		);
		await refused(rule({ session: () => Promise.reject(new Error('timeout')) })(), /"github" is missing or failed/);
	});

	it('answers that sign in is needed where the account is known without a session, or none is signed in', async () => {
		await refused(rule({ session: async () => undefined })(), /^Sign in needed: allow .* ada@example\.org/);
		await refused(
			rule({ accounts: async () => [], session: async () => undefined })(),
			/^Sign in needed: sign in to github/,
		);
	});

	it('answers that sign in is needed where the user does not allow it, or the sign-in fails; not that the provider failed', async () => {
		const session: AccessPort['session'] = (_provider, _account, interactive) =>
			interactive ? Promise.reject(new Error('User did not consent')) : Promise.resolve(undefined);
		const message = /^Sign in needed: allow .* ada@example\.org, then .* sign-in failed: User did not consent$/;
		await refused(rule({ session })({ interactive: true }), message);
		const broken = () => Promise.reject(new Error('timeout'));
		await refused(rule({ session: broken })({ interactive: true }), /"github" is missing or failed/);
	});

	it('answers that facilitator access is needed for another account', async () => {
		const message = /^You need facilitator or admin access to use the Prompt Lab$/;
		await refused(rule({ accounts: async () => [bob] })(), message);
		await refused(rule({ accounts: async () => [], session: async () => bob })(), message);
	});

	it('asks the user only where it is called interactively', async () => {
		const asked: boolean[] = [];
		const check = rule({
			session: async (_provider, account, interactive) => {
				asked.push(interactive);
				return account;
			},
		});
		await check();
		await check({ interactive: true });
		assert.deepEqual(asked, [false, true]);
	});
});
