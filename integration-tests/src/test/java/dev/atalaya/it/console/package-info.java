/** The console on the agent's port: its pages, its API, and what assistants ask. */
package dev.atalaya.it.console;
