/** Hibernate: what it loads on its own, how that is told from what was asked for, and mended. */
@NullMarked
package dev.atalaya.agent.library.hibernate;

import org.jspecify.annotations.NullMarked;
