/** What leaves the process: traces, metrics, and ids in log lines. */
package dev.atalaya.it.export;
