import { optionalString, optionsArgument } from '../kit/arguments.ts';
import { freeUri, toFileUri } from '../kit/places.ts';
import { saveMatrix } from './saveMatrix.ts';
import { activePage } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** Writes the results of the matrix as JSON to `uri` or a location that the user picks. Returns the file's `uri`. */
export const labSaveMatrix: Command<LabServices> = {
	id: 'lab.saveMatrix',
	async run(services, argument) {
		const { session } = await activePage(services);
		const given = optionalString(optionsArgument(argument), 'uri');
		const uri = await saveMatrix(session, given === undefined ? undefined : await freeUri(toFileUri(given)));
		return uri && { uri: uri.toString() };
	},
};
