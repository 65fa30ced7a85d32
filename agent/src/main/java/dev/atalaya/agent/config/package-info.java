/** Every setting: its name, its default, its sentence, and where its value comes from. */
@NullMarked
package dev.atalaya.agent.config;

import org.jspecify.annotations.NullMarked;
