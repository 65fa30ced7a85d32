/** The services as one writes them without measuring: the sins, each where README.md says. */
package shop.naive;
