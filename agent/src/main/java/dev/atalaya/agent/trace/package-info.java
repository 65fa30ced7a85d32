/** Records what woven code reports: requests, their spans, and the templates these share. */
@NullMarked
package dev.atalaya.agent.trace;

import org.jspecify.annotations.NullMarked;
