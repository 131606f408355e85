import '../shared/styles.ts';
import '../shared/turnView.ts';
import { useDisplayLanguage } from '../shared/displayLanguage.ts';
import { ignoreComposition } from '../shared/inputMethod.ts';
import { connectToHost } from '../shared/vscodeApi.ts';
import { WorkshopApp } from './app.ts';
import '../shared/frame.css';
import '../shared/rowList.css';
import './workshop.css';
import './suite.css';
import '../shared/cases.css';

useDisplayLanguage();
ignoreComposition();
const root = document.getElementById('root');
if (root) {
	void new WorkshopApp(connectToHost(), root).refresh();
}
