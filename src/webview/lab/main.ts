import '../shared/styles.ts';
import '../shared/turnView.ts';
import { useDisplayLanguage } from '../shared/displayLanguage.ts';
import { ignoreComposition } from '../shared/inputMethod.ts';
import { connectToHost } from '../shared/vscodeApi.ts';
import { LabApp } from './app.ts';
import './lab.css';

useDisplayLanguage();
ignoreComposition();
const root = document.getElementById('root');
if (root) {
	void new LabApp(connectToHost(), root).refresh();
}
