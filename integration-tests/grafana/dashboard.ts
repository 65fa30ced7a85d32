// What a dashboard must look like: Grafana's own types, as narrow as our use of them. Compiled with
// the dashboards as values of type Dashboard, by DashboardIT.
import type * as grafana from '@grafana/schema/dist/esm/raw/dashboard/x/Dashboard_types.gen';
import type * as heatmap from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type * as stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as timeseries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

// As JSON writes it: an enum's value in place of the enum.
type Written<T> = T extends string
  ? `${T}`
  : T extends Array<infer Each>
    ? Array<Written<Each>>
    : T extends object
      ? { [Key in keyof T]: Written<T[Key]> }
      : T;

// Those of Grafana's units that are in use; it shows any other text as a suffix.
type Unit =
  | 'bool_on_off'
  | 'bytes'
  | 'Bps'
  | 'cps'
  | 'none'
  | 'ops'
  | 'percentunit'
  | 'reqps'
  | 's'
  | 'short';

// The types of queries and links are not in the schema.
type Source = { type: 'prometheus'; uid: '${datasource}' };
type Link = { title: string; url: string; targetBlank: boolean };
type Query = { datasource: Source; refId: string; expr: string } & (
  | { legendFormat: string; range: true; exemplar?: true; format?: 'heatmap' }
  | { format: 'table'; instant: true; range: false }
);

type Property =
  | { id: 'unit'; value: Unit }
  | { id: 'links'; value: Link[] }
  | { id: 'thresholds'; value: Written<grafana.ThresholdsConfig> }
  | { id: 'custom.cellOptions'; value: Written<table.FieldConfig['cellOptions']> };

type Step =
  | { id: 'merge'; options: {} }
  | {
      id: 'organize';
      options: {
        excludeByName: Record<string, boolean>;
        indexByName: Record<string, number>;
        renameByName: Record<string, string>;
      };
    };

type PanelOf<Type, Options, Custom> = Written<
  Omit<grafana.Panel, 'type' | 'datasource' | 'options' | 'fieldConfig' | 'targets' | 'transformations'>
> & {
  type: Type;
  title: string;
  description: string;
  datasource: Source;
  options: Written<Options>;
  fieldConfig: {
    defaults: Written<Omit<grafana.FieldConfig, 'unit' | 'links' | 'custom'>> & {
      unit: Unit;
      links: Link[];
      custom?: Written<Custom>;
    };
    overrides: Array<{ matcher: { id: 'byName'; options: string }; properties: Property[] }>;
  };
  targets: Query[];
  transformations?: Step[];
};

type Panel =
  | Written<grafana.RowPanel>
  | PanelOf<'timeseries', timeseries.Options, timeseries.FieldConfig>
  | PanelOf<'stat', stat.Options, {}>
  | PanelOf<'table', table.Options, table.FieldConfig>
  | PanelOf<'heatmap', heatmap.Options, heatmap.FieldConfig>;

export type Dashboard = Written<Omit<grafana.Dashboard, 'panels'>> & { panels: Panel[] };
