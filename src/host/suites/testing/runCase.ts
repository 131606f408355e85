import { AppError } from '../../../common/errors.ts';
import * as vscode from 'vscode';
import type { Command } from '../../kit/command.ts';
import { property } from '../../kit/arguments.ts';
import { suiteArgument } from '../openSuite.ts';
import type { SuiteServices } from '../suiteServices.ts';

/** Runs one case of a suite, as the button beside it in the Test Explorer does. */
export const runCase: Command<SuiteServices> = {
	id: 'runCase',
	async run(services, argument) {
		const uri = await suiteArgument(services, property(argument, 'suite'));
		const name = property(argument, 'name');
		if (typeof name !== 'string') {
			throw new AppError('validation', vscode.l10n.t('Give the name of a case'), { info: { field: 'name' } });
		}
		const tests = await services.openTests();
		await tests.runCase(uri.toString(), name);
	},
};
