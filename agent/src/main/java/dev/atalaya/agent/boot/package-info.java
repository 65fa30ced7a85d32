/** The agent's front door: what the JVM and the command line call, outside the wall. */
package dev.atalaya.agent.boot;
