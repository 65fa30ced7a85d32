/** The files of dashboards/, in the programs that they are for. */
package dev.atalaya.it.deployment;
