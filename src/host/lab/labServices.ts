import type { Lab } from '../../lab/lab.ts';
import type { DraftServices } from '../drafts/draftServices.ts';
import type { LabPanels } from './labPanel.ts';
import type { LabTree } from './labTree.ts';

/** The services of the Lab's commands. */
export interface LabServices extends DraftServices {
	lab: Lab;
	labPanels: LabPanels;
	labTree: LabTree;
}
