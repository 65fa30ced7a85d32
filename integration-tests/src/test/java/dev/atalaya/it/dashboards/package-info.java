/** The Grafana dashboards as code, from which the files in dashboards/grafana are printed. */
package dev.atalaya.it.dashboards;
