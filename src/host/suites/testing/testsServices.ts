import type { FeatureServices } from '../../kit/featureServices.ts';
import type { SuiteServices } from '../suiteServices.ts';

/** What the Test Explorer is built with. */
export type TestsServices = FeatureServices & Omit<SuiteServices, 'openTests'>;
