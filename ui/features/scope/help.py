"""How Scope works, in the words of its help."""

HELP = (
    "Walk through the five steps in any order. Everything you type is saved at once.\n\n"
    "Each step has a gate. A gate never stops you: it says what is still missing and counts "
    "when the portfolio is reviewed. Click an entry under “Before this gate passes” to go to "
    "the field it is about.\n\n"
    "Below the step at the left stand its sections, with how far each is. Click one to go "
    "there.\n\n"
    "Keys: Alt+Left and Alt+Right go to the step before and after, Alt+Up and Alt+Down to the "
    "section before and after. At the left, arrow keys move among steps and sections, and "
    "Enter goes there. Arrow keys also move among the grades and answers of a question; Space "
    "or Enter chooses, a digit gives that grade. On the line of an entry, Enter opens it, "
    "Delete deletes it, Ctrl+Up and Ctrl+Down move it. F4 opens the list of a choice."
)
