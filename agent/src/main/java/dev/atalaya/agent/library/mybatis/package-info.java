/** MyBatis: mappers that select or write row by row. */
@NullMarked
package dev.atalaya.agent.library.mybatis;

import org.jspecify.annotations.NullMarked;
