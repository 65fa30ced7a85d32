/**
 * From what a unit of work did to what is to be fixed: what operations are, findings, problems and
 * their life.
 */
@NullMarked
package dev.atalaya.agent.detect;

import org.jspecify.annotations.NullMarked;
