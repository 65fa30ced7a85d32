/** The HTTP port: metrics for Prometheus, the API, the page. */
@NullMarked
package dev.atalaya.agent.console;

import org.jspecify.annotations.NullMarked;
