/** Takes ended spans out of the process: over OTLP, or to the log. */
@NullMarked
package dev.atalaya.agent.export;

import org.jspecify.annotations.NullMarked;
