import { BarChart, RadarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, RadarComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, RadarChart, GridComponent, LegendComponent, RadarComponent, SVGRenderer]);

export { init } from 'echarts/core';
