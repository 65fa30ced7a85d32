/** The jar on the Javas, class loaders and archives that there are. */
package dev.atalaya.it.jvm;
