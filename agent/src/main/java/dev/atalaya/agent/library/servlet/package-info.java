/** Servlet containers: what serves a request, how it goes on, and how it is mapped. */
@NullMarked
package dev.atalaya.agent.library.servlet;

import org.jspecify.annotations.NullMarked;
