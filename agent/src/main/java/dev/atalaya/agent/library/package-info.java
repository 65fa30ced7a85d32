/** A folder for each library: its packages, its methods as data, and the advice woven into them. */
package dev.atalaya.agent.library;
