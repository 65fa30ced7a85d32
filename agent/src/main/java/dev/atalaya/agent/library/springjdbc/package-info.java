/** Spring's JDBC templates. */
@NullMarked
package dev.atalaya.agent.library.springjdbc;

import org.jspecify.annotations.NullMarked;
