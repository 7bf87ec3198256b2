from coordnlp.cli import main

main()
