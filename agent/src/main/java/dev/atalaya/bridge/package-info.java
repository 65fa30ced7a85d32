/** What woven code calls; the only classes of the agent that the boot loader defines. */
package dev.atalaya.bridge;
