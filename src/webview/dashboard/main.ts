import '../shared/styles.ts';
import { useDisplayLanguage } from '../shared/displayLanguage.ts';
import { connectToHost } from '../shared/vscodeApi.ts';
import { DashboardApp } from './app.ts';
import '../shared/frame.css';
import '../shared/chart.css';
import './dashboard.css';

useDisplayLanguage();
const root = document.getElementById('root');
if (root) {
	void new DashboardApp(connectToHost(), root).refresh();
}
