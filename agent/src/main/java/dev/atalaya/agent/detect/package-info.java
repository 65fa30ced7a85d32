/** From what a unit of work did to what is to be fixed: verdicts, findings and their life. */
@NullMarked
package dev.atalaya.agent.detect;

import org.jspecify.annotations.NullMarked;
