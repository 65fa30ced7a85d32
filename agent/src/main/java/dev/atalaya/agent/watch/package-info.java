/** What the console shows beside findings: routes, statements, errors, and what runs now. */
@NullMarked
package dev.atalaya.agent.watch;

import org.jspecify.annotations.NullMarked;
