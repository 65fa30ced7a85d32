/** What goes wrong, and what lasts long: the application runs on. */
package dev.atalaya.it.faults;
