/** The console's pages: HTML of the lists and maps that the API answers with. */
@NullMarked
package dev.atalaya.agent.page;

import org.jspecify.annotations.NullMarked;
