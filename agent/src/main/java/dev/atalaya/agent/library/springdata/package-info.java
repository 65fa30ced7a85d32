/** Spring Data: what repositories are asked for one by one. */
@NullMarked
package dev.atalaya.agent.library.springdata;

import org.jspecify.annotations.NullMarked;
